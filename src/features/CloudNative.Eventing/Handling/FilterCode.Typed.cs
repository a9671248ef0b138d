using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Eventing.Handling;

/// <summary>A filter of one type.</summary>
internal sealed class FilterCode<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>
    : FilterCode
    where TFilter : class, IEventFilter
{
    private readonly ScopedFactory<TFilter> _instances = new();

    public override Type Type => typeof(TFilter);

    public override EventFilterDelegate Around(EventFilterDelegate next) => async (context, cancellationToken) =>
    {
        var filter = _instances.Get(context.Services, out var isOurs);
        try
        {
            await filter.InvokeAsync(context, next, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (isOurs)
            {
                await ScopedFactory<TFilter>.DisposeAsync(filter).ConfigureAwait(false);
            }
        }
    };
}
