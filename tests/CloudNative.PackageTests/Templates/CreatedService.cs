namespace CloudNative.PackageTests.Templates;

/// <summary>A combination of the service template's options, under a name of its own.</summary>
internal sealed record CreatedService(string Name, string RegisteredName, bool Events, bool Grpc, string Provider)
{
    /// <summary>All combinations. Some names are no namespace, no DNS label and no name for protobuf.</summary>
    public static IReadOnlyList<CreatedService> All { get; } =
    [
        new("Orders", "orders", Events: false, Grpc: false, "embedded"),
        new("1x.Größe", "1x-gr-e", Events: false, Grpc: true, "embedded"),
        new("Billing", "billing", Events: true, Grpc: false, "embedded"),
        new("My-Shop.Orders", "my-shop-orders", Events: true, Grpc: true, "embedded"),
        new("1x", "1x", Events: false, Grpc: false, "consul"),
        new("Mail", "mail", Events: false, Grpc: true, "consul"),
        new("Audit", "audit", Events: true, Grpc: false, "consul"),
        new("My-Shop.Billing", "my-shop-billing", Events: true, Grpc: true, "consul"),
    ];

    /// <summary>The options as they are typed.</summary>
    public IEnumerable<string> Arguments =>
    [
        "cloudnative-service", "--name", Name, "--provider", Provider,
        .. Events ? ["--events"] : Array.Empty<string>(),
        .. Grpc ? ["--grpc"] : Array.Empty<string>(),
    ];
}
