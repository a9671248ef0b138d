using System.Text.RegularExpressions;
using CloudNative.Kubernetes.Leases;

namespace CloudNative.Kubernetes.Tests.Leases;

public sealed partial class LeaseNamesTests
{
    [Theory]
    [InlineData("nightly-report", "app.nightly-report")]
    [InlineData("Nightly Report", "app.nightly-report.")]
    [InlineData("-nightly", "app.nightly.")]
    [InlineData("☂", "app.lease.")]
    [InlineData("nightly.report", "app.nightly-report.")]
    public void Of_Name_ShowsIt(string name, string begin) =>
        Assert.StartsWith(begin, LeaseNames.Of("app", name), StringComparison.Ordinal);

    [Fact]
    public void Of_AnyNames_AreAllowedAndDiffer()
    {
        string[] names =
        [
            "a", "A", "a.", ".a", "-a", "a-", "a b", "a-b", "a/b", "a.b", "ü", "☂", "\ud83d", "\ude00", "😀",
            new('a', 150), new('a', 151), new('a', 200), new('A', 200), new('☂', 200), new string('x', 199) + "y",
            new string('x', 199) + "z",
        ];
        var objects = names.Select(name => LeaseNames.Of(new string('p', 63), name)).ToList();
        Assert.Equal(names.Length, objects.Distinct().Count());
        Assert.All(objects, name => Assert.True(name.Length <= 253 && Subdomain().IsMatch(name), name));
    }

    // https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();
}
