namespace CloudNative;

/// <summary>
/// What a host does once instead of running, when configuration asks for it, such as writing a document about itself.
/// Register with
/// <c>TryAddEnumerable</c>. Asked when everything is mapped and nothing has started, and only in <see
/// cref="HostMode.Service"/>.
/// </summary>
public interface IHostCommand
{
    /// <summary>Does it, if it is asked for.</summary>
    /// <returns>Whether it was asked for; then the process ends with exit code 0 and starts nothing.</returns>
    /// <exception cref="Exception">
    /// It was asked for and could not be done: the start fails with this exception.
    /// </exception>
    bool TryRun();
}
