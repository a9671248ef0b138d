namespace Shop.Shipping;

internal static class ShippingServices
{
    /// <summary>Adds the database, in the directory that the local engine gives, else beside the program; ready before the
    /// port opens.</summary>
    public static void AddShippingDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var directory = configuration["CLOUDNATIVE_DATA_DIRECTORY"] ?? Path.Combine(AppContext.BaseDirectory, "data");
        services.AddSingleton(new ShippingDatabase(directory));
        services.AddHostedService(provider => provider.GetRequiredService<ShippingDatabase>());
    }
}
