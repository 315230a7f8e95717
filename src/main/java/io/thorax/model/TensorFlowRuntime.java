package io.thorax.model;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.tensorflow.TensorFlow;

/**
 * Loads TensorFlow with its oneDNN kernels on and its chatter (below warnings) off.
 *
 * <p>TensorFlow 2.18 switches them on by itself only for processors with AVX-512 VNNI, AVX-VNNI or
 * AMX. On the many that have AVX2 at best they are off, and this project's networks run at half to
 * two thirds of the speed. The switch is an environment variable that is read at the first
 * operation, and Java cannot change its process's environment, hence the call of the C library.
 * What the environment sets already stays.
 */
public final class TensorFlowRuntime {
  private static final Logger LOG = Logger.getLogger(TensorFlowRuntime.class);
  private static final String ONE_DNN = "TF_ENABLE_ONEDNN_OPTS";
  private static final String LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";

  private interface LibC extends Library {
    int setenv(String name, String value, int overwrite);
  }

  private static final class Loaded {
    static final String VERSION = load();

    private static String load() {
      if (is("os.name", "linux")) {
        setDefault(LOG_LEVEL, "1");
        if (is("os.arch", "amd64") || is("os.arch", "x86_64")) {
          setDefault(ONE_DNN, "1");
        }
      }
      return TensorFlow.version();
    }
  }

  private TensorFlowRuntime() {}

  /**
   * Loads the natives, which takes seconds and, the first time on a machine, unpacks them. Call it
   * at the start of a process, before anything else of TensorFlow; later calls do nothing.
   *
   * @return TensorFlow's version
   */
  public static String load() {
    return Loaded.VERSION;
  }

  private static boolean is(String property, String value) {
    return System.getProperty(property).toLowerCase(Locale.ROOT).equals(value);
  }

  private static void setDefault(String name, String value) {
    try {
      Native.load("c", LibC.class).setenv(name, value, 0);
    } catch (LinkageError e) {
      LOG.warnf("%s=%s must be set in the environment: %s", name, value, e.getMessage());
    }
  }
}
