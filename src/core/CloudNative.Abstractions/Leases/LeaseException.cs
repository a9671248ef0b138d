namespace CloudNative.Leases;

/// <summary>The store of the leases could not be reached or refused; nobody's lease changed by this call.</summary>
/// <param name="message">What failed and what to do.</param>
/// <param name="innerException">The cause.</param>
public sealed class LeaseException(string message, Exception? innerException = null) : Exception(message, innerException);
