using System.Net.Sockets;
using System.Text.Json;

namespace Shop.Web.Engine;

/// <summary>
/// Watches and steers the local engine that runs this app, over the socket that it names to its services. Each call is a connection
/// and a line of JSON each way.
/// </summary>
internal sealed class EngineClient(IConfiguration configuration)
{
    public const string SocketKey = "CLOUDNATIVE_CONTROL_SOCKET";

    private readonly string? _path = configuration[SocketKey];

    /// <summary>Whether there is an engine: somewhere else than on a developer's machine there is none, and nothing to break.</summary>
    public bool IsPresent => _path is { Length: > 0 };

    /// <exception cref="EngineException">It does not answer.</exception>
    public async Task<IReadOnlyList<EngineService>> GetServicesAsync(CancellationToken cancellationToken) =>
        (await AskAsync(new { command = "state" }, cancellationToken)).Services ?? [];

    /// <summary>Kills a process as a crash would; the engine starts it again.</summary>
    /// <exception cref="EngineException">There is nothing to kill, or the engine does not answer.</exception>
    public Task KillAsync(string service, int replica, CancellationToken cancellationToken) =>
        AskAsync(new { command = "kill", service, replica }, cancellationToken);

    /// <summary>Stops a service in good order; ends when it has no process.</summary>
    /// <exception cref="EngineException">There is no such service, or the engine does not answer.</exception>
    public Task StopAsync(string service, CancellationToken cancellationToken) =>
        AskAsync(new { command = "stop", service }, cancellationToken);

    /// <summary>Starts a service that was stopped; ends when it is ready.</summary>
    /// <exception cref="EngineException">It did not become ready, or the engine does not answer.</exception>
    public Task StartAsync(string service, CancellationToken cancellationToken) =>
        AskAsync(new { command = "start", service }, cancellationToken);

    private async Task<EngineAnswer> AskAsync<T>(T request, CancellationToken cancellationToken)
    {
        if (!IsPresent)
        {
            throw new EngineException("No local engine runs this app, so there is nothing to kill or stop here.");
        }

        var line = await SendAsync(JsonSerializer.SerializeToUtf8Bytes(request), cancellationToken);
        var answer = JsonSerializer.Deserialize<EngineAnswer>(line ?? "null", JsonSerializerOptions.Web)
            ?? throw new EngineException("The local engine ended before it answered.");
        return answer.Ok ? answer : throw new EngineException(answer.Error ?? "The local engine refused without a reason.");
    }

    private async Task<string?> SendAsync(byte[] line, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_path!), cancellationToken);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync((byte[])[.. line, (byte)'\n'], cancellationToken);
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new EngineException("The local engine does not answer.", e);
        }
    }
}
