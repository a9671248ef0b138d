using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Shop.Web.Orders;

/// <summary>
/// Follows the steps of all orders, once for the whole process. When the stream ends or falls silent it is taken up again after the
/// last step that was seen, so that a restart of ordering costs a wait and no step.
/// </summary>
internal sealed partial class OrderSubscription(
    IHttpClientFactory clients, OrderHub hub, TimeProvider time, ILogger<OrderSubscription> logger) : BackgroundService
{
    public const string Client = "OrderChanges";

    // Ordering gives a sign of life each 15 s.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // Ordering may start later than this service, which is no news: some four seconds.
    private const int FailuresAtStart = 5;

    private string? _place;
    private int _failures;
    private bool _isBroken;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
                _failures++;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                hub.Broken();
                _failures++;
                if (!_isBroken && (_place is not null || _failures == FailuresAtStart))
                {
                    _isBroken = true;
                    LogBroken(e.Message);
                }
            }

            var pause = FirstPause * Math.Pow(2, Math.Min(_failures - 1, 10));
            await Task.Delay(pause < LongestPause ? pause : LongestPause, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{OrderingClient.Service}/orders/changes");
        if (_place is not null)
        {
            request.Headers.Add("Last-Event-ID", _place);
        }

        using var answer = await clients.CreateClient(Client)
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stoppingToken);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(stoppingToken);
        using var silent = new CancellationTokenSource(Silence, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, stoppingToken);
        var isFirst = true;
        await foreach (var item in SseParser.Create(body).EnumerateAsync(ended.Token))
        {
            silent.CancelAfter(Silence);
            if (item.EventType == "change" && JsonSerializer.Deserialize<OrderStep>(item.Data, JsonSerializerOptions.Web) is { } step)
            {
                hub.Publish(step);
            }

            if (isFirst)
            {
                hub.Connected(missed: _place is null);
                (isFirst, _failures, _isBroken) = (false, 0, false);
            }

            _place = item.EventId ?? _place;
        }
    }

    [LoggerMessage(
        1, LogLevel.Warning, "The stream of orders is broken; it is taken up again where it was: {Reason} Said once until it works.")]
    private partial void LogBroken(string reason);
}
