using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CloudNative.Testing;

namespace CloudNative.Shop.Tests.Catalog;

public sealed class ProductTests : IDisposable
{
    private readonly CatalogApp _app = new();
    private readonly HttpClient _client;

    public ProductTests() => _client = _app.CreateClient();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_Pages_HoldEveryProductOnce()
    {
        var ids = new List<string>();
        ProductPageDocument page;
        do
        {
            page = await SearchAsync($"?pageSize=50&page={(ids.Count / 50) + 1}");
            ids.AddRange(page.Items.Select(product => product.Id));
        }
        while (page.Items.Length == 50);

        Assert.Equal(page.Total, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.True(ids.Count >= 250, $"There are {ids.Count} products.");
    }

    [Theory]
    [InlineData("knife", "knife")]
    [InlineData("kni", "knife")]
    [InlineData("bronte", "Brontë")]
    [InlineData("cast iron", "cast")]
    public async Task Search_Words_HitsInTheNameComeFirst(string search, string expected)
    {
        var page = await SearchAsync($"?search={Uri.EscapeDataString(search)}");

        Assert.Contains(expected, page.Items[0].Name, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("knife OR *")]
    [InlineData("name: -x ( NEAR")]
    [InlineData("'; DROP TABLE products; --")]
    public async Task Search_WhatTheQueryLanguageKnowsAsOperators_IsJustText(string search)
    {
        using var answer = await _client.GetAsync($"/products?search={Uri.EscapeDataString(search)}", Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True((await SearchAsync("")).Total > 0);
    }

    [Fact]
    public async Task Search_InACategory_StaysThere()
    {
        var page = await SearchAsync("?category=Garden&search=seeds");

        Assert.NotEmpty(page.Items);
        Assert.All(page.Items, product => Assert.Equal("Garden", product.Category));
    }

    [Theory]
    [InlineData("?page=0", "Page")]
    [InlineData("?pageSize=101", "PageSize")]
    public async Task Search_OutOfRange_IsAProblemThatNamesTheField(string query, string field)
    {
        using var answer = await _client.GetAsync($"/products{query}", Token);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), error => error.Name == field);
    }

    [Fact]
    public async Task Get_KnownAndUnknown_ProductAnd404()
    {
        var product = await _client.GetFromJsonAsync<ProductDocument>("/products/cast-iron-skillet-26-cm", Token);
        using var unknown = await _client.GetAsync("/products/no-such-thing", Token);

        Assert.Equal("Cast-iron skillet, 26 cm", product!.Name);
        Assert.Equal(39.90m, product.Price);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task GetBatch_SomeUnknown_LeavesThemOut()
    {
        var found = await _client.GetFromJsonAsync<ProductDocument[]>(
            "/products/batch?id=walden&id=nothing&id=dominoes-double-nine", Token);

        Assert.Equal(["dominoes-double-nine", "walden"], found!.Select(product => product.Id).Order());
    }

    [Fact]
    public async Task Start_SecondReplicaOnTheSameFile_BothAnswer()
    {
        using var directory = new TemporaryDirectory();
        using var first = new CatalogApp(directory.Path);
        using var second = new CatalogApp(directory.Path);

        var answers = await Task.WhenAll(
            Task.Run(() => first.CreateClient().GetFromJsonAsync<ProductPageDocument>("/products", Token), Token),
            Task.Run(() => second.CreateClient().GetFromJsonAsync<ProductPageDocument>("/products", Token), Token));

        Assert.Equal(answers[0]!.Total, answers[1]!.Total);
    }

    public void Dispose()
    {
        _client.Dispose();
        _app.Dispose();
    }

    private async Task<ProductPageDocument> SearchAsync(string query) =>
        (await _client.GetFromJsonAsync<ProductPageDocument>($"/products{query}", Token))!;
}
