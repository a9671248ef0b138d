namespace CloudNative.Kubernetes;

/// <summary>
/// Configuration that a service cannot start without could not be read. Names of keys and files are in the message,
/// what they hold never is.
/// </summary>
/// <param name="message">What failed and what to do; it begins with an error id.</param>
/// <param name="innerException">The cause.</param>
public sealed class KubernetesConfigurationException(string message, Exception? innerException = null)
    : Exception(message, innerException);
