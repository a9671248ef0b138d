using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace CloudNative.Local.Tests.Control;

/// <summary>A client as any service may have it: a line out, a line in.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    private ControlClient(NetworkStream stream)
    {
        _stream = stream;
        _reader = new StreamReader(stream);
    }

    public static async Task<ControlClient> ConnectAsync(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), TestContext.Current.CancellationToken);
        return new ControlClient(new NetworkStream(socket, ownsSocket: true));
    }

    public async Task<JsonElement> AskAsync(string line)
    {
        await SendAsync(line + "\n");
        return await ReadAsync();
    }

    public async Task SendAsync(string text) =>
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    public async Task<JsonElement> ReadAsync()
    {
        var line = await _reader.ReadLineAsync(TestContext.Current.CancellationToken);
        return line is null ? default : JsonDocument.Parse(line).RootElement;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }
}
