using Microsoft.AspNetCore.DataProtection;

namespace Shop.Web.Security;

internal static class KeyRing
{
    /// <summary>
    /// Keeps the keys of cookies and forms in the directory that the local engine gives, so that a restart empties no basket and a
    /// second instance reads the first one's cookies.
    /// </summary>
    public static void AddShopKeys(this IServiceCollection services, IConfiguration configuration)
    {
        var protection = services.AddDataProtection().SetApplicationName("shop");
        if (configuration["CLOUDNATIVE_DATA_DIRECTORY"] is { Length: > 0 } directory)
        {
            protection.PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(directory, "keys")));
        }
    }
}
