namespace CloudNative.Consul;

/// <summary>Configuration that a service cannot start without could not be read from Consul.</summary>
/// <param name="message">What failed and what to do; it begins with an error id.</param>
/// <param name="innerException">The cause.</param>
public sealed class ConsulKeyValueException(string message, Exception? innerException = null) : Exception(message, innerException);
