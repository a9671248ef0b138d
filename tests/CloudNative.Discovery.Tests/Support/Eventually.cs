namespace CloudNative.Discovery.Tests.Support;

/// <summary>Waits for what other threads do; the time is only there so that a broken test ends.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!condition())
        {
            if (patience.IsCancellationRequested)
            {
                Assert.Fail($"Did not happen: {what}");
            }

            await Task.Delay(1, CancellationToken.None);
        }
    }

    public static async Task<T> WithinAsync<T>(Task<T> task) => await task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public static async Task WithinAsync(Task task) => await task.WaitAsync(Patience, TestContext.Current.CancellationToken);
}
