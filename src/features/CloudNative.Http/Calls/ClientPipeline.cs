using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CloudNative.Discovery;
using CloudNative.Http.Fallbacks;
using CloudNative.Http.Hedging;
using CloudNative.Http.Limits;
using CloudNative.Http.Retries;
using CloudNative.Http.Settings;

namespace CloudNative.Http.Calls;

/// <summary>What the two handlers of one chain share.</summary>
internal sealed partial class ClientPipeline(PipelineServices services, string client, bool isProxy = false)
{
    private readonly ActiveCalls _calls = new();
    private readonly ConcurrentDictionary<ServiceEndpoints, RetryBudget> _budgets = new();

    public PipelineServices Services { get; } = services;

    public string Client { get; } = client;

    /// <summary>What answers in place of calls that failed, if anything does.</summary>
    public Fallback? Fallback { get; } = FallbackOf(services, client, isProxy) is { } own ? new Fallback(own) : null;

    /// <summary>Whether the requests and answers are somebody else's, who is served by this process.</summary>
    public bool IsProxy { get; } = isProxy;

    /// <summary>The configuration section to name in messages.</summary>
    public string Section { get; } = ServiceClientOptionsValidator.SectionOf(client);

    /// <summary>How many calls its instances take.</summary>
    public ClientLimits Limits { get; } = services.Limits.Get(client);

    public ClientSettingsSlot Settings { get; } = services.Settings.Get(client);

    /// <summary>The service that a request may mean by its host.</summary>
    public bool TryFind(
        HttpRequestMessage request, [NotNullWhen(true)] out ServiceEndpoints? service, out EndpointQuery query)
    {
        service = null;
        query = default;
        if (!Settings.Current.Enabled
            || request.RequestUri is not { IsAbsoluteUri: true } uri
            || !Services.Table.IsCandidate(uri.Host)
            || !EndpointQuery.TryParse(uri, out query, out var name))
        {
            return false;
        }

        service = Services.Table.Get(name);
        return true;
    }

    public void Enter(HttpRequestMessage request, ServiceCall call) => _calls.Add(request, call);

    public void Leave(HttpRequestMessage request, ServiceCall call) => _calls.Remove(request, call);

    /// <summary>
    /// The call a request belongs to; none when the client has no outer handler, or a handler of the user's changed
    /// where it goes.
    /// </summary>
    public bool TryGetCall(HttpRequestMessage request, [NotNullWhen(true)] out ServiceCall? call) =>
        _calls.TryGet(request, out call) && ReferenceEquals(call.Uri, request.RequestUri);

    public RetryBudget BudgetOf(ServiceEndpoints service) => _budgets.GetOrAdd(
        service, static (service, pipeline) => pipeline.Services.Budgets.Get(pipeline.Client, service.Service), this);

    public HedgeState HedgeOf(ServiceEndpoints service) => Services.Hedges.Get(Client, service.Service);

    /// <summary>Counts a call that no instance has room for, and says so.</summary>
    public ConcurrencyLimitException Reject(ServiceCall call)
    {
        var service = call.Service.Service;
        Services.Metrics.OnLimitRejection(Client, service);
        if (Limits.NoteRejection())
        {
            LogLimitReached(Services.Logger, Client, service, call.FullAt);
        }

        return new ConcurrencyLimitException(
            service,
            call.FullAt,
            $"The instances of '{service}' have as many calls of client '{Client}' under way as they can take ({call.FullAt} at the last "
            + $"one asked, as learned from how calls went: {Section}:ConcurrencyLimit). Nothing was sent; try again later, or answer "
            + "without it.");
    }

    /// <summary>Takes a retry from the budget of the call's service.</summary>
    public bool TryTakeRetry(ServiceCall call)
    {
        if (call.TryTakeRetry(out var justExhausted))
        {
            return true;
        }

        Services.Metrics.OnBudgetExhausted(Client, call.Service.Service);
        if (justExhausted)
        {
            LogBudgetExhausted(Services.Logger, Client, call.Service.Service, call.Settings.BudgetRatio);
        }

        return false;
    }

    // What the factory's clients answer by default is not for requests that somebody else made.
    private static ClientFallback? FallbackOf(PipelineServices services, string client, bool isProxy) =>
        services.Fallbacks.LastOrDefault(fallback => fallback.Client == client)
        ?? (isProxy ? null : services.Fallbacks.LastOrDefault(fallback => fallback.Client is null));
}
