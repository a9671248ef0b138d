namespace CloudNative.Eventing.Handling;

/// <summary>The data of an event cannot be read as the handler's type. Another attempt would not help.</summary>
#pragma warning disable CA1064 // Never leaves the package: it is how a handler's failure and unreadable data are told apart.
internal sealed class UnreadableDataException(string message, Exception? innerException = null)
    : Exception(message, innerException);
#pragma warning restore CA1064
