namespace CloudNative.Local.Supervision;

/// <summary>Waits for the first of several ends.</summary>
internal static class EndOf
{
    /// <summary>Ends when the token is cancelled or any of the tasks has ended in whatever way; never throws.</summary>
    public static async Task AnyAsync(CancellationToken cancellationToken, params Task[] tasks)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.UnsafeRegister(
            state => ((TaskCompletionSource)state!).TrySetResult(), cancelled);
        await Task.WhenAny([cancelled.Task, .. tasks]).ConfigureAwait(false);
    }
}
