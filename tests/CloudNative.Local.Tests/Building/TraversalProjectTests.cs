using System.Xml.Linq;
using CloudNative.Local.Building;

namespace CloudNative.Local.Tests.Building;

public sealed class TraversalProjectTests
{
    [Fact]
    public void Create_PathsWithSpecialCharacters_AreNamesAndNothingElse()
    {
        var project = XDocument.Parse(TraversalProject.Create(["/a b/50% & (more);$x/One.csproj", "/two/Two.csproj"]));

        var include = project.Descendants("Service").Single().Attribute("Include")!.Value;
        Assert.Equal("/a b/50%25 & %28more%29%3B%24x/One.csproj;/two/Two.csproj", include);
    }
}
