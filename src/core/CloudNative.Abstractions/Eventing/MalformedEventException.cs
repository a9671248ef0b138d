namespace CloudNative.Eventing;

/// <summary>What arrived is no valid CloudEvent. Reading it again does not help; see <see cref="DeadLetterReason.Malformed"/>.</summary>
/// <param name="message">What is wrong with it, beginning with an error id; never the data itself.</param>
/// <param name="innerException">The cause.</param>
public sealed class MalformedEventException(string message, Exception? innerException = null)
    : Exception(message, innerException);
