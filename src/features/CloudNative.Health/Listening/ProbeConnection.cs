using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Health.Listening;

/// <summary>Reads one request from a connection and writes one answer.</summary>
internal sealed class ProbeConnection(IHealthProbes probes, HealthPaths paths, TimeProvider time)
{
    private const int LongestHead = 8192;
    private static readonly TimeSpan LongestExchange = TimeSpan.FromSeconds(5);

    public async Task ServeAsync(Socket connection, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestExchange, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var head = await ReadHeadAsync(connection, both.Token).ConfigureAwait(false);
            if (head is not null)
            {
                var answer = await AnswerAsync(head, both.Token).ConfigureAwait(false);
                await connection.SendAsync(Encoding.ASCII.GetBytes(answer), both.Token).ConfigureAwait(false);
                connection.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // A prober that goes away or dawdles; its next attempt is its business.
        }
    }

    /// <returns>
    /// The request's head; <see langword="null"/> when the connection ended before or it grew too long.
    /// </returns>
    private static async Task<string?> ReadHeadAsync(Socket connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestHead];
        for (var filled = 0; filled < buffer.Length;)
        {
            var read = await connection.ReceiveAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            filled += read;
            var end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return Encoding.ASCII.GetString(buffer, 0, end);
            }
        }

        return null;
    }

    private static string Write(string status, string body, bool withBody) =>
        $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nCache-Control: no-store\r\nContent-Length: {body.Length}\r\n"
        + $"Connection: close\r\n\r\n{(withBody ? body : string.Empty)}";

    private async Task<string> AnswerAsync(string head, CancellationToken cancellationToken)
    {
        var line = head.Split("\r\n", 2)[0].Split(' ');
        if (line is not [var method, var target, _])
        {
            return Write("400 Bad Request", "Bad Request", withBody: true);
        }

        var withBody = method != "HEAD";
        if (withBody && method != "GET")
        {
            return Write("405 Method Not Allowed", "Method Not Allowed", withBody: true);
        }

        if (Find(target.Split('?')[0]) is not { } probe)
        {
            return Write("404 Not Found", "Not Found", withBody);
        }

        var status = await probes.ProbeAsync(probe, cancellationToken).ConfigureAwait(false);
        var code = status == HealthStatus.Unhealthy ? "503 Service Unavailable" : "200 OK";
        return Write(code, status.ToString(), withBody);
    }

    private HealthProbe? Find(string path)
    {
        (string Path, HealthProbe Probe)[] known =
        [
            (paths.Startup, HealthProbe.Startup), (paths.Ready, HealthProbe.Ready), (paths.Live, HealthProbe.Live),
        ];
        return known
            .Where(each => each.Path.Equals(path, StringComparison.OrdinalIgnoreCase))
            .Select(each => (HealthProbe?)each.Probe)
            .FirstOrDefault();
    }
}
