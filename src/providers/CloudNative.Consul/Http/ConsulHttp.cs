using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CloudNative.Consul.Telemetry;

namespace CloudNative.Consul.Http;

/// <summary>
/// Consul's HTTP API (https://developer.hashicorp.com/consul/api-docs), as much of it as is used here. Every failure is
/// a <see cref="ConsulException"/>; only the caller's own token cancels. Thread-safe.
/// </summary>
internal sealed class ConsulHttp(HttpMessageHandler handler, ConsulOptions options, TimeProvider time, ConsulMetrics metrics)
    : IDisposable
{
    /// <summary>How long a call may take that waits for nothing.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConsulToken _token = new(options);

    // Said with each call; a server that has no such answers 400 with words that say so.
    private readonly string _place = PlaceOf("ns", options.Namespace) + PlaceOf("partition", options.Partition);

    /// <summary>Whether the agent answers.</summary>
    public AgentCondition Condition { get; } = new(time);

    /// <summary>Where the agent is.</summary>
    public Uri Address { get; } = new(options.Address!, UriKind.Absolute);

    /// <summary>Sends what needs no answer but that it was taken.</summary>
    public async Task SendAsync(ConsulCall call, CancellationToken cancellationToken) =>
        await CallAsync(call, static (_, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);

    /// <summary>Asks for a document.</summary>
    public Task<ConsulAnswer<T>> AskAsync<T>(ConsulCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        CallAsync(call, (response, token) => ReadAsync(response, type, token), cancellationToken);

    /// <summary>Asks for a document that may be missing; its value is <see langword="null"/> then.</summary>
    public Task<ConsulAnswer<T?>> FindAsync<T>(ConsulCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => CallAsync(
            call with { AlsoAnswers = HttpStatusCode.NotFound },
            async (response, token) => response.StatusCode == HttpStatusCode.NotFound
                ? new ConsulAnswer<T?>(null, IndexOf(response), IsFiltered(response))
                : new ConsulAnswer<T?>(
                    (await ReadAsync(response, type, token).ConfigureAwait(false)).Value, IndexOf(response), IsFiltered(response)),
            cancellationToken);

    public void Dispose() => _client.Dispose();

    private static async Task<ConsulAnswer<T>> ReadAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var value = await JsonSerializer.DeserializeAsync(stream, type, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("The answer is null.");
            return new ConsulAnswer<T>(value, IndexOf(response), IsFiltered(response));
        }
    }

    private static ulong IndexOf(HttpResponseMessage response) =>
        ulong.TryParse(Header(response, "X-Consul-Index"), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : 0;

    private static bool IsFiltered(HttpResponseMessage response) =>
        Header(response, "X-Consul-Results-Filtered-By-ACLs") == "true";

    private static string PlaceOf(string name, string? value) =>
        value is { Length: > 0 } ? $"&{name}={Uri.EscapeDataString(value)}" : string.Empty;

    private Uri AddressOf(ConsulCall call) => new(
        Address,
        _place.Length == 0 ? call.Path : $"{call.Path}{(call.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{_place[1..]}");

    private ConsulException Away(ConsulException failure)
    {
        Condition.Failed(failure.Message);
        return failure;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private async Task<T> CallAsync<T>(
        ConsulCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        if (Condition.Enter(call.IsPaced) is { } away)
        {
            throw new ConsulException(away);
        }

        var started = metrics.Now;
        var succeeded = false;
        using var timeout = new CancellationTokenSource(call.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(call.Method, AddressOf(call)) { Content = call.Body?.Invoke() };
            if (await _token.ReadAsync(either.Token).ConfigureAwait(false) is { } token)
            {
                request.Headers.TryAddWithoutValidation("X-Consul-Token", token);
            }

            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            Condition.Answered();
            if (response.StatusCode != HttpStatusCode.OK && response.StatusCode != call.AlsoAnswers)
            {
                throw await ConsulErrors.OfAnswerAsync(call, response, either.Token).ConfigureAwait(false);
            }

            var answer = await read(response, either.Token).ConfigureAwait(false);
            succeeded = true;
            return answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            succeeded = true; // Nobody waits for it any longer; that says nothing of the agent.
            throw;
        }
        catch (OperationCanceledException) when (!timeout.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(ConsulHttp)); // The host stops; that says nothing of the agent either.
        }
        catch (OperationCanceledException exception)
        {
            throw Away(ConsulErrors.OfSilence(Address, call, exception));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            throw Away(ConsulErrors.OfBreak(Address, call, exception));
        }
        finally
        {
            metrics.RecordCall(call.Operation, started, succeeded);
        }
    }
}
