namespace CloudNative.Eventing;

/// <summary>An event that cannot be published as it is: too large, not serialisable, a bad attribute. Trying again does not help.</summary>
/// <param name="message">What is wrong with it and what to do, beginning with an error id.</param>
/// <param name="innerException">The cause.</param>
public sealed class EventRejectedException(string message, Exception? innerException = null)
    : Exception(message, innerException);
