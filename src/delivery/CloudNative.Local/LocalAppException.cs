namespace CloudNative.Local;

/// <summary>An app could not be run. The message is for the user and needs no stack trace.</summary>
/// <param name="exitCode">One of <see cref="LocalAppExitCodes"/>.</param>
/// <param name="message">What went wrong, with an id that has a page under <c>docs/errors</c>.</param>
/// <param name="innerException">The cause, if another exception was.</param>
public sealed class LocalAppException(int exitCode, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What the tool returns to its shell.</summary>
    public int ExitCode { get; } = exitCode;
}
