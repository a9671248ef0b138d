namespace CloudNative.Eventing;

/// <summary>The transport could not do what it was asked for now: not reachable, full, locked. Trying again later may help.</summary>
/// <param name="message">What failed and what to do, beginning with an error id.</param>
/// <param name="innerException">The cause.</param>
public sealed class EventTransportException(string message, Exception? innerException = null)
    : Exception(message, innerException);
