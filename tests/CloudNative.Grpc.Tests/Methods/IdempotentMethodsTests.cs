using CloudNative.Grpc.Methods;
using CloudNative.Grpc.Tests.Labs;

namespace CloudNative.Grpc.Tests.Methods;

public sealed class IdempotentMethodsTests
{
    [Fact]
    public void Of_Descriptor_AreThoseThatItsProtoSays() => Assert.Equal(
        ["/labs.Parrot/Forget", "/labs.Parrot/Listen", "/labs.Parrot/Repeat", "/labs.Parrot/Say"],
        IdempotentMethods.Of(Parrot.Descriptor).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("GetProduct")]
    [InlineData("shop.Catalog/GetProduct")]
    [InlineData("/shop.Catalog")]
    [InlineData("//GetProduct")]
    [InlineData("/shop.Catalog/")]
    public void Of_NameOfAnotherForm_IsRefused(string name)
    {
        var failure = Assert.Throws<ArgumentException>(() => IdempotentMethods.Of([name]));
        Assert.Contains("/shop.Catalog/GetProduct", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Names_AreTaken() =>
        Assert.Equal(["/shop.Catalog/GetProduct"], IdempotentMethods.Of(["/shop.Catalog/GetProduct"]));
}
