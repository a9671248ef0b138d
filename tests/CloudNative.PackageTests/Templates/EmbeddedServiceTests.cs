namespace CloudNative.PackageTests.Templates;

/// <summary>Services that need nothing installed.</summary>
public sealed class EmbeddedServiceTests(PackageFeed feed)
{
    public static TheoryData<string> Names =>
        [.. CreatedService.All.Where(service => service.Provider == "embedded").Select(service => service.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Service_WithEachOption_PassesItsTestsAndServes(string name)
    {
        var projects = await feed.CreatedAsync();
        await ServiceTemplate.CheckAsync(
            projects,
            CreatedService.All.Single(service => service.Name == name),
            new Dictionary<string, string?> { ["CloudNative__Embedded__DataDirectory"] = Path.Combine(projects.Folder, name, "data") });
    }
}
