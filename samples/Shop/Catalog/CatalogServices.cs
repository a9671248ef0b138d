namespace Shop.Catalog;

internal static class CatalogServices
{
    /// <summary>Adds the database, in the directory that the local engine gives, else beside the program; filled before the
    /// port opens.</summary>
    public static void AddCatalogDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var directory = configuration["CLOUDNATIVE_DATA_DIRECTORY"] ?? Path.Combine(AppContext.BaseDirectory, "data");
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<CatalogDatabase>(provider, directory));
        services.AddHostedService(provider => provider.GetRequiredService<CatalogDatabase>());
    }
}
