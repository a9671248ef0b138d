using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Shared.EventLog;

/// <summary>The store could not do what it was asked for; another try may succeed.</summary>
/// <param name="message">Cause and cure, beginning with an error id.</param>
/// <param name="innerException">The cause.</param>
[SuppressMessage("Design", "CA1064", Justification = "Never leaves the package; the contracts have exceptions of their own.")]
internal abstract class LogFailure(string message, Exception? innerException) : Exception(message, innerException);
