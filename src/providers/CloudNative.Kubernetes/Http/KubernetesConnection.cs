using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CloudNative.Kubernetes.Telemetry;

namespace CloudNative.Kubernetes.Http;

/// <summary>
/// Sends calls to the API server. Every failure is a <see cref="KubernetesException"/>; only the caller's own token
/// cancels. Thread-safe.
/// </summary>
internal sealed class KubernetesConnection(
    HttpMessageHandler handler, KubernetesOptions options, TimeProvider time, KubernetesMetrics metrics) : IDisposable
{
    private readonly HttpClient _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly KubernetesToken _token = new(options);
    private readonly CancellationTokenSource _closed = new();
    private int _isDisposed;

    public TimeProvider Time { get; } = time;

    public KubernetesMetrics Metrics { get; } = metrics;

    public ServerCondition Condition { get; } = new(time);

    /// <summary>Whether it was disposed of; whatever fails then is no fault of the server.</summary>
    public bool IsClosed => Volatile.Read(ref _isDisposed) != 0;

    /// <summary>
    /// Where the server is; a path of its own, as behind a proxy, is kept, and nothing else of the URL.
    /// </summary>
    public Uri Server { get; } = options.Server is { } server
        ? new Uri(
            new Uri(server, UriKind.Absolute).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
                .TrimEnd('/'),
            UriKind.Absolute)
        : throw KubernetesErrors.OfNoServer();

    /// <summary>Sends a call and reads all of its answer, within the time of a call.</summary>
    public async Task<T> CallAsync<T>(
        KubernetesCall call,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        await Condition.EnterAsync(call.IsPaced, cancellationToken).ConfigureAwait(false);
        var started = Metrics.Now;
        var succeeded = false;
        using var timeout = new CancellationTokenSource(options.CallTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            timeout.Token, _closed.Token, cancellationToken);
        try
        {
            using var response = await SendAsync(call, either.Token).ConfigureAwait(false);
            var answer = await read(response, either.Token).ConfigureAwait(false);
            succeeded = true;
            return answer;
        }
        catch (Exception exception) when (exception is not KubernetesException)
        {
            throw Translate(call, exception, timeout.IsCancellationRequested, cancellationToken);
        }
        finally
        {
            Metrics.RecordCall(call.Verb, call.Resource, started, succeeded);
        }
    }

    /// <summary>Sends a call whose answer goes on; the time of a call ends when the server has taken it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(KubernetesCall call, CancellationToken cancellationToken)
    {
        await Condition.EnterAsync(call.IsPaced, cancellationToken).ConfigureAwait(false);
        var started = Metrics.Now;
        var succeeded = false;
        using var timeout = new CancellationTokenSource(options.CallTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            timeout.Token, _closed.Token, cancellationToken);
        try
        {
            var response = await SendAsync(call, either.Token).ConfigureAwait(false);
            succeeded = true;
            return response;
        }
        catch (Exception exception) when (exception is not KubernetesException)
        {
            throw Translate(call, exception, timeout.IsCancellationRequested, cancellationToken);
        }
        finally
        {
            Metrics.RecordCall(call.Verb, call.Resource, started, succeeded);
        }
    }

    /// <summary>A watch broke off.</summary>
    public KubernetesException Broken(KubernetesCall call, Exception exception) =>
        KubernetesErrors.OfBreak(Server, call, exception);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _closed.Cancel();
        _client.Dispose();
        _closed.Dispose();
    }

    private Exception Translate(
        KubernetesCall call, Exception exception, bool isLate, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                // Nobody waits for it any longer; that says nothing of the server. The caller's own token is in it.
                return new OperationCanceledException(exception.Message, exception, cancellationToken);
            case OperationCanceledException when isLate:
                Condition.Failed();
                return KubernetesErrors.OfSilence(Server, call, options.CallTimeout, exception);
            case OperationCanceledException or ObjectDisposedException when IsClosed:
                return new ObjectDisposedException(nameof(KubernetesApi));
            case JsonException:
                Condition.Answered();
                return KubernetesErrors.OfNonsense(call, exception);
            // A connection that dies under a call ends it by any of these.
            case HttpRequestException or IOException:
            case OperationCanceledException or ObjectDisposedException:
                Condition.Failed();
                return KubernetesErrors.OfBreak(Server, call, exception);
            default:
                return exception;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(KubernetesCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            call.Method, new Uri(Server.AbsoluteUri.TrimEnd('/') + call.Path, UriKind.Absolute))
        {
            Content = call.Body?.Invoke(),
            // All watches of a process share one connection where the server speaks HTTP/2, as every one does by TLS.
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (await _token.ReadAsync(cancellationToken).ConfigureAwait(false) is { } token)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        if (response.IsSuccessStatusCode || response.StatusCode == call.AlsoAnswers)
        {
            Condition.Answered();
            return response;
        }

        using (response)
        {
            // What stands before a server that is away answers in its place.
            if (response.StatusCode is
                HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
            {
                Condition.Failed();
            }
            else
            {
                Condition.Answered();
            }

            throw await KubernetesErrors.OfAnswerAsync(call, response, cancellationToken).ConfigureAwait(false);
        }
    }
}
