using System.Net.Sockets;
using System.Text;
using CloudNative.Embedded.Membership;
using CloudNative.Embedded.Telemetry;
using CloudNative.Testing;

namespace CloudNative.Embedded.Tests.Membership;

public sealed class PeerMeshTests : IAsyncLifetime
{
    private const string Self = "00000000000000aa";
    private const string Other = "00000000000000bb";

    private readonly TemporaryDirectory _directory = new();
    private readonly EmbeddedMetrics _metrics = new(TimeProvider.System);
    private PeerMesh _mesh = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Address => _directory.Combine("s");

    public ValueTask InitializeAsync()
    {
        _mesh = new PeerMesh(Self, _metrics, TimeProvider.System, () => { }, () => { }, _ => { });
        _mesh.Listen(Address);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _mesh.DisposeAsync();
        _metrics.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Greeted_PeerIsToldToLook_SinceNobodyToldItOfWhatHappenedBefore()
    {
        using var theirs = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await theirs.ConnectAsync(new UnixDomainSocketEndPoint(Address), Cancelled);
        _mesh.Poke(); // It has not said yet who it is.
        _mesh.PokeEvents();
        await theirs.SendAsync(Encoding.ASCII.GetBytes($"1{Other}\n"), Cancelled);

        var told = string.Empty;
        var buffer = new byte[16];
        while (told.Length < 3)
        {
            var count = await theirs.ReceiveAsync(buffer, Cancelled);
            Assert.NotEqual(0, count);
            told += Encoding.ASCII.GetString(buffer, 0, count);
        }

        Assert.Equal("dpe", told);
    }
}
