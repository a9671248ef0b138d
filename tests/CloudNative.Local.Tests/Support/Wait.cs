namespace CloudNative.Local.Tests.Support;

internal static class Wait
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, $"waited {Limit} for: {what}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
