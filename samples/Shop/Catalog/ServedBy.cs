using CloudNative;

namespace Shop.Catalog;

/// <summary>Says in a header which replica answered, so that one can watch the load move between them.</summary>
internal static class ServedBy
{
    public const string Header = "Served-By";

    public static void UseServedBy(this WebApplication app)
    {
        var info = app.Services.GetRequiredService<ServiceInfo>();
        var replica = info.Metadata.GetValueOrDefault("replica") ?? $"{info.Name}/{info.InstanceId[..8]}";
        app.Use((context, next) =>
        {
            context.Response.Headers[Header] = replica;
            return next(context);
        });
    }
}
