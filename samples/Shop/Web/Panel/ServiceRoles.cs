namespace Shop.Web.Panel;

/// <summary>What the services of the Shop are for, in the order in which an order meets them.</summary>
internal static class ServiceRoles
{
    private static readonly (string Name, string Role)[] Known =
    [
        ("gateway", "the one address of the shop"),
        ("web", "the pages you are looking at"),
        ("catalog", "products, search"),
        ("ordering", "takes orders, writes order and event in one transaction"),
        ("payments", "asks the card network, once per order"),
        ("card-network", "somebody else's service, and it shows"),
        ("shipping", "sends each paid order once"),
    ];

    public static IEnumerable<string> Names => Known.Select(known => known.Name);

    public static string Of(string service) => Known.FirstOrDefault(known => known.Name == service).Role ?? "";

    public static int Order(string service) =>
        Array.FindIndex(Known, known => known.Name == service) is >= 0 and var at ? at : Known.Length;

    /// <summary>Whether its replicas can be told to be slow, to fail, or to be silent.</summary>
    public static bool CanBreak(string service) => service is "catalog";

    // Whoever stops these from the panel cannot start them from it again.
    public static bool CanStop(string service) => service is not ("gateway" or "web");
}
