namespace CloudNative.Discovery;

/// <summary>A registry could not be reached or refused what was asked.</summary>
/// <param name="message">What failed and what to do.</param>
/// <param name="innerException">The cause.</param>
public sealed class ServiceRegistryException(string message, Exception? innerException = null)
    : Exception(message, innerException);
