using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudNative.FaultTests.Consul;

/// <summary>
/// Stands between one process and the agent: remembers when the process called, and lets answers come late. It breaks the connection where
/// the agent does not answer.
/// </summary>
internal sealed class AgentProxy : IAsyncDisposable
{
    private readonly Uri _agent;
    private readonly HttpClient _client;
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<long> _calls = [];
    private (int Count, TaskCompletionSource Reached)? _awaited;

    private AgentProxy(Uri agent)
    {
        _agent = agent;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(PassOnAsync);
    }

    /// <summary>How late answers are.</summary>
    public TimeSpan Delay { get; set; }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<AgentProxy> StartAsync(Uri agent)
    {
        var proxy = new AgentProxy(agent);
        await proxy._app.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    /// <summary>Waits for calls that begin from now on.</summary>
    /// <returns>When they came, as timestamps.</returns>
    public async Task<IReadOnlyList<long>> NextCallsAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int before;
        lock (_gate)
        {
            before = _calls.Count;
            _awaited = (before + count, reached);
        }

        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        lock (_gate)
        {
            return _calls[before..(before + count)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.CancelPendingRequests(); // Questions that wait would hold it up.
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        lock (_gate)
        {
            _calls.Add(TimeProvider.System.GetTimestamp());
            if (_awaited is { } awaited && _calls.Count >= awaited.Count)
            {
                awaited.Reached.TrySetResult();
            }
        }

        try
        {
            using var request = new HttpRequestMessage(
                new HttpMethod(context.Request.Method), new Uri(_agent, context.Request.Path + context.Request.QueryString));
            request.Content = context.Request.Method == HttpMethods.Put ? new StreamContent(context.Request.Body) : null;
            using var response = await _client.SendAsync(request, context.RequestAborted);
            await Task.Delay(Delay, TimeProvider.System, context.RequestAborted);
            context.Response.StatusCode = (int)response.StatusCode;
            if (response.Headers.TryGetValues("X-Consul-Index", out var index))
            {
                context.Response.Headers["X-Consul-Index"] = index.Single();
            }

            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            context.Abort();
        }
    }
}
