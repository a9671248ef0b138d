using System.Text.Json.Nodes;

namespace CloudNative.Shop.Tests.Deploy;

/// <summary>What would be in the images: built with this test, in artifacts/bin/project/configuration.</summary>
internal static class ShopPrograms
{
    public static string Find(JsonNode container)
    {
        // shop/catalog:1.0 is made of Shop.Catalog.
        var image = Manifest.Text(container["image"]).Split('/', ':')[1];
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var project = Assert.Single(
            own.Parent!.Parent!.GetDirectories("Shop.*"),
            directory => directory.Name.Equals($"Shop.{image}", StringComparison.OrdinalIgnoreCase));
        return Path.Combine(project.FullName, own.Name, $"{project.Name}.dll");
    }
}
