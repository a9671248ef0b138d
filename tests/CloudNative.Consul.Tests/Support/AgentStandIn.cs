using System.Net;

namespace CloudNative.Consul.Tests.Support;

/// <summary>
/// Answers of an agent that the one of the integration tests cannot give, or not when a test wants them
/// (https://developer.hashicorp.com/consul/api-docs/features/blocking, …/api-docs/api-structure#results-filtered-by-acls).
/// </summary>
internal sealed class AgentStandIn(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<HttpRequestMessage> _asked = [];

    public AgentStandIn(params IEnumerable<HttpResponseMessage> answers)
        : this(Script(answers))
    {
    }

    /// <summary>What was asked, path and query.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_lock)
            {
                return [.. _asked.Select(request => request.RequestUri!.PathAndQuery)];
            }
        }
    }

    /// <summary>The token of each call; null where there was none.</summary>
    public IReadOnlyList<string?> Tokens
    {
        get
        {
            lock (_lock)
            {
                return [.. _asked.Select(request =>
                    request.Headers.TryGetValues("X-Consul-Token", out var values) ? values.Single() : null)];
            }
        }
    }

    /// <summary>An answer with an index.</summary>
    public static HttpResponseMessage Answer(ulong index, string json, bool isFiltered = false)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json) };
        response.Headers.Add("X-Consul-Index", $"{index}");
        if (isFiltered)
        {
            response.Headers.Add("X-Consul-Results-Filtered-By-ACLs", "true");
        }

        return response;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _asked.Add(request);
        }

        return answer(request, cancellationToken);
    }

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Script(IEnumerable<HttpResponseMessage> answers)
    {
        var left = new Queue<HttpResponseMessage>(answers);
        return (_, cancellationToken) => left.TryDequeue(out var next)
            ? Task.FromResult(next)
            : new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken);
    }
}
