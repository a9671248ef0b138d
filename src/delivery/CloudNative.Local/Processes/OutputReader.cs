namespace CloudNative.Local.Processes;

/// <summary>Reads the lines that a process writes.</summary>
internal static class OutputReader
{
    // What a process started may hold its pipes open long after it; it is not waited for.
    private static readonly TimeSpan AfterTheEnd = TimeSpan.FromSeconds(2);

    /// <summary>Reads until the pipe closes, from either side.</summary>
    public static async Task ReadAsync(StreamReader reader, Action<string> onLine)
    {
        await Task.Yield();
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                onLine(line);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed on our side, because the process has ended.
        }
    }

    /// <summary>Waits for the last lines of a process that has ended.</summary>
    public static async Task DrainAsync(TimeProvider time, params Task[] readers)
    {
        try
        {
            await Task.WhenAll(readers).WaitAsync(AfterTheEnd, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Somebody else holds the pipe.
        }
    }
}
