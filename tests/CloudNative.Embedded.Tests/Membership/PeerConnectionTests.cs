using System.Net.Sockets;
using CloudNative.Embedded.Membership;
using CloudNative.Testing;

namespace CloudNative.Embedded.Tests.Membership;

public sealed class PeerConnectionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Socket _theirs;
    private readonly PeerConnection _connection;
    private readonly Task _reading;

    public PeerConnectionTests()
    {
        var address = new UnixDomainSocketEndPoint(_directory.Combine("s"));
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(address);
        listener.Listen();
        _theirs = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _theirs.Connect(address);
        _connection = new PeerConnection(listener.Accept(), "peer");
        _reading = _connection.ReadToEndAsync(Changed, () => { }, CancellationToken.None);
    }

    private TaskCompletionSource Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task PokeEvents_NothingSaid_IsSent()
    {
        _connection.PokeEvents();

        Assert.Equal("e", await ReceiveAsync());
    }

    [Fact]
    public async Task PokeEvents_PeerIsDeaf_IsNotSentUntilItListens()
    {
        await SayAsync("dp");
        await Heard.Task; // What comes after is heard after.
        _connection.PokeEvents();
        _connection.Poke();
        Assert.Equal("p", await ReceiveAsync());

        await SayAsync("l");

        Assert.Equal("e", await ReceiveAsync()); // It was not told of what happened meanwhile.
        _connection.PokeEvents();
        Assert.Equal("e", await ReceiveAsync());
    }

    public void Dispose()
    {
        _theirs.Dispose();
        _connection.Dispose();
        _reading.Wait(TimeSpan.FromSeconds(10), CancellationToken.None);
        _directory.Dispose();
    }

    private void Changed() => Heard.TrySetResult();

    private async Task SayAsync(string what) =>
        await _theirs.SendAsync(System.Text.Encoding.ASCII.GetBytes(what), TestContext.Current.CancellationToken);

    private async Task<string> ReceiveAsync()
    {
        var buffer = new byte[1];
        Assert.Equal(1, await _theirs.ReceiveAsync(buffer, TestContext.Current.CancellationToken));
        return System.Text.Encoding.ASCII.GetString(buffer);
    }
}
