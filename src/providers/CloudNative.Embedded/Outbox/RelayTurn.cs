namespace CloudNative.Embedded.Outbox;

/// <summary>
/// The right to drain, among all processes: a file beside the database that is held without sharing. The operating system lets go of it
/// when the process ends, however it ends. It spares work and keeps a transport without deduplication from getting events twice; nothing
/// is lost without it.
/// </summary>
internal static class RelayTurn
{
    /// <summary>Takes the turn, or answers null when somebody else has it.</summary>
    public static IAsyncDisposable? TryTake(string database)
    {
        try
        {
            return new FileStream(
                database + "-cloudnative", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // Held; or a directory where nothing can be made, and then nobody has a turn and the wait decides.
        }
    }
}
