using CloudNative.Sdk;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Says of endpoints what becomes of their requests when the service has more to do than it can.</summary>
public static class CloudNativeEndpointConventionBuilderExtensions
{
    /// <summary>Says how important the requests are; see <see cref="RequestPriorityAttribute"/>.</summary>
    /// <typeparam name="TBuilder">The kind of the endpoints.</typeparam>
    /// <param name="builder">The endpoints.</param>
    /// <param name="priority">The priority.</param>
    /// <returns>The same endpoints.</returns>
    public static TBuilder WithRequestPriority<TBuilder>(this TBuilder builder, RequestPriority priority)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithMetadata(new RequestPriorityAttribute(priority));
    }

    /// <summary>Leaves the requests alone; see <see cref="DisableLoadSheddingAttribute"/>.</summary>
    /// <typeparam name="TBuilder">The kind of the endpoints.</typeparam>
    /// <param name="builder">The endpoints.</param>
    /// <returns>The same endpoints.</returns>
    public static TBuilder DisableLoadShedding<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithMetadata(new DisableLoadSheddingAttribute());
    }
}
