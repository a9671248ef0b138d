namespace CloudNative.PackageTests;

/// <summary>Whoever installs the one package gets the analyzers of HTTP clients with it.</summary>
public sealed class ClientTests(PackageFeed feed)
{
    [Fact]
    public async Task WebApp_WithMistakes_IsToldWhileCompiling()
    {
        var consumer = new Consumer(feed, "ClientsBad").Write("Microsoft.NET.Sdk.Web", "CloudNative.Sdk", Programs.BadClients);
        var output = await consumer.PublishAsync();
        Assert.Contains("warning CN9201", output, StringComparison.Ordinal);
        Assert.Contains("warning CN9205", output, StringComparison.Ordinal);
    }
}
