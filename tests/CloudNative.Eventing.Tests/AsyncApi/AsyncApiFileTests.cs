using CloudNative.Eventing.Tests.Fakes;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static CloudNative.Eventing.Tests.AsyncApi.DocumentHost;

namespace CloudNative.Eventing.Tests.AsyncApi;

public sealed class AsyncApiFileTests : IDisposable
{
    private const string Key = "CloudNative:Eventing:AsyncApi:File";
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task TryRun_FileIsNamed_WritesTheDocumentInPlaceOfAnOlderOne()
    {
        var file = _directory.Combine("docs/events.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, new string('x', 100_000), TestContext.Current.CancellationToken);
        await using var host = Build(map: host => host.MapEvent<Shapes.ParcelSent>("parcels", Nothing), settings: (Key, file));

        Assert.True(Command(host).TryRun());

        Assert.Equal(host.Text(), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal((byte)'{', (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))[0]);
        Assert.Empty(host.Transport.Subscriptions);
    }

    [Fact]
    public async Task TryRun_NoFileIsNamed_DoesNothing()
    {
        await using var host = Build();

        Assert.False(Command(host).TryRun());
    }

    private static IHostCommand Command(EventHost host) => host.Services.GetServices<IHostCommand>().Single();
}
