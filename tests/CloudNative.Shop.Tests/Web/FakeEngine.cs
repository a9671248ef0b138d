using System.Collections.Concurrent;
using System.Net.Sockets;
using CloudNative.Testing;

namespace CloudNative.Shop.Tests.Web;

/// <summary>A local engine that runs nothing: it answers on its socket as the real one does and keeps what it was asked.</summary>
internal sealed class FakeEngine : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public FakeEngine()
    {
        SocketPath = Path.Combine(_directory.Path, "socket");
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public string SocketPath { get; }

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The answer to everything but questions about the state.</summary>
    public string Answer { get; set; } = """{"ok":true}""";

    public string State { get; set; } =
        """
        {"ok":true,"app":"shop","phase":"ready","services":[
        {"name":"catalog","replicas":[
        {"name":"catalog-1","number":1,"state":"ready","address":"http://127.0.0.1:5001","processId":4001,"starts":1},
        {"name":"catalog-2","number":2,"state":"backingOff","starts":3}]},
        {"name":"shipping","replicas":[{"name":"shipping-1","number":1,"state":"stopped","starts":1}]},
        {"name":"web","replicas":[{"name":"web-1","number":1,"state":"ready","processId":4003,"starts":1}]}]}
        """;

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
        _directory.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptAsync(_stopping.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        await using var stream = new NetworkStream(client, ownsSocket: true);
        using var reader = new StreamReader(stream);
        await using var writer = new StreamWriter(stream);
        var line = await reader.ReadLineAsync(_stopping.Token) ?? "";
        var answer = line.Contains("\"state\"", StringComparison.Ordinal) ? State : Answer;
        if (answer == Answer)
        {
            Asked.Enqueue(line);
        }

        await writer.WriteAsync(answer.ReplaceLineEndings("") + "\n");
    }
}
