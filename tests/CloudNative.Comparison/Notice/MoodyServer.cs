using System.Collections.Concurrent;
using System.Net;
using CloudNative.Comparison.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CloudNative.Comparison.Notice;

/// <summary>
/// An instance in this process whose mood changes. It has a port for each lane, so that it knows whose calls come to it, and remembers when
/// each came.
/// </summary>
internal sealed class MoodyServer : IAsyncDisposable
{
    private static readonly TimeSpan _work = TimeSpan.FromMilliseconds(5);

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(int Port, long At)> _arrivals = new();
    private volatile Mood _mood;
    private volatile TaskCompletionSource _well = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MoodyServer(IReadOnlyList<(Face Face, int Port)> ports)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            foreach (var (face, port) in ports)
            {
                kestrel.Listen(IPAddress.Loopback, port, listen =>
                    listen.Protocols = face == Face.Grpc ? HttpProtocols.Http2 : HttpProtocols.Http1);
            }
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public static async Task<MoodyServer> StartAsync(IReadOnlyList<(Face Face, int Port)> ports)
    {
        var server = new MoodyServer(ports);
        await server._app.StartAsync();
        return server;
    }

    public void Become(Mood mood)
    {
        _mood = mood;
        if (mood == Mood.Well)
        {
            Interlocked.Exchange(ref _well, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    /// <summary>When calls came to this port from then on, in their order.</summary>
    public IEnumerable<long> Arrivals(int port, long from) =>
        _arrivals.Where(arrival => arrival.Port == port && arrival.At >= from).Select(arrival => arrival.At);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (well, mood) = (_well, _mood);
        _arrivals.Enqueue((context.Connection.LocalPort, TimeProvider.System.GetTimestamp()));
        switch (mood)
        {
            case Mood.Silent:
                await well.Task.WaitAsync(context.RequestAborted);
                break;
            case Mood.Failing:
                await Answer.WriteAsync(context, StatusCodes.Status503ServiceUnavailable);
                return;
            default:
                await Task.Delay(_work, TimeProvider.System);
                break;
        }

        await Answer.WriteAsync(context);
    }
}
