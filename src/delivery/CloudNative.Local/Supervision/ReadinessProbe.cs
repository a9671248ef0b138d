using System.Net;
using CloudNative.Local.Ports;

namespace CloudNative.Local.Supervision;

/// <summary>
/// Waits until a process takes calls: <c>GET /health/ready</c> answers 200; a service without that page is ready once
/// it answers at all; one without a port once it has lived for a moment. What another process answers counts for
/// nothing.
/// </summary>
internal sealed class ReadinessProbe(HttpMessageInvoker http, TimeProvider time)
{
    private const string ReadyPath = "/health/ready";

    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WorkerMoment = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Ends when the process is ready. <paramref name="onAnswer"/> gets each answer that says otherwise.
    /// </summary>
    public async Task WaitAsync(Uri? address, int processId, Action<string> onAnswer, CancellationToken cancellationToken)
    {
        if (address is null)
        {
            await Task.Delay(WorkerMoment, time, cancellationToken).ConfigureAwait(false);
            return;
        }

        for (var interval = FirstInterval; ; interval = Longer(interval))
        {
            var (ready, answer) = await AskAsync(address, cancellationToken).ConfigureAwait(false);
            var isAnother = ready && PortOwner.IsAnother(address.Port, processId);
            if (ready && !isAnother)
            {
                return;
            }

            onAnswer(isAnother ? $"port {address.Port} is answered by another process, which took it first" : answer);
            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks once.</summary>
    public async Task<(bool Ready, string Answer)> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        var page = new Uri(address, ReadyPath);
        using var timeout = new CancellationTokenSource(AnswerTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, page);
            using var response = await http.SendAsync(request, both.Token).ConfigureAwait(false);
            return (IsReady(response.StatusCode), $"{page} answers {(int)response.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            return (false, $"{page} cannot be reached: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, $"{page} does not answer within {AnswerTimeout.TotalSeconds:0} s");
        }
    }

    // A slow service is asked less often; its log shows each question.
    private static TimeSpan Longer(TimeSpan interval) => interval * 1.1 < LongestInterval ? interval * 1.1 : LongestInterval;

    // 404, a redirect or a refusal come from a service without the page, or one that guards it: it takes calls.
    // The others say "not now".
    private static bool IsReady(HttpStatusCode status) =>
        (int)status < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
}
