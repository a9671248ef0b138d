using System.Text.Json.Serialization.Metadata;
using CloudNative.Eventing.Handling;

namespace CloudNative.Eventing.Planning;

/// <summary>What is run for one type of event in a subscription: filters around a handler, all joined at start.</summary>
internal sealed class HandlerRoute
{
    public HandlerRoute(HandlerCode code, JsonTypeInfo json, IEnumerable<FilterCode> filters, RetryPlan retry)
    {
        Retry = retry;
        EventFilterDelegate run = (context, cancellationToken) => code.InvokeAsync(json, context, cancellationToken);
        foreach (var filter in filters.Reverse())
        {
            run = filter.Around(run);
        }

        Run = run;
    }

    /// <summary>One attempt.</summary>
    public EventFilterDelegate Run { get; }

    /// <summary>What follows a failed one.</summary>
    public RetryPlan Retry { get; }
}
