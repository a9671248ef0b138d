using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Shop.Catalog.Products;

/// <summary>Reads products.</summary>
internal sealed class ProductStore(CatalogDatabase database)
{
    private const string Columns = "p.id, p.name, p.category, p.description, p.cents";

    private const string All = "FROM products p WHERE ($category IS NULL OR p.category = $category)";

    // A hit in the name weighs more than one in the category, and that more than one in the description.
    private const string Found =
        """
        FROM product_words JOIN products p ON p.number = product_words.rowid
        WHERE product_words MATCH $words AND rank MATCH 'bm25(10, 5, 1)' AND ($category IS NULL OR p.category = $category)
        """;

    public async Task<ProductPage> SearchAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        var (page, pageSize) = (query.Page ?? 1, query.PageSize ?? 24);
        var (matching, order) = SearchWords.ToQuery(query.Search) is null ? (All, "p.name, p.id") : (Found, "rank, p.name, p.id");
        await using var connection = await database.OpenAsync(cancellationToken);

        await using var count = connection.CreateCommand();
        count.CommandText = $"SELECT count(*) {matching}";
        AddFilter(count, query);
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);

        await using var select = connection.CreateCommand();
        select.CommandText = $"SELECT {Columns} {matching} ORDER BY {order} LIMIT $take OFFSET $skip";
        AddFilter(select, query);
        select.Parameters.AddWithValue("$take", pageSize);
        select.Parameters.AddWithValue("$skip", (page - 1) * pageSize);
        return new ProductPage(await ReadAsync(select, cancellationToken), page, pageSize, total);
    }

    public async Task<Product?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await FindAsync([id], cancellationToken)).SingleOrDefault();

    /// <summary>The products with these ids, in no particular order; unknown ids are left out.</summary>
    public async Task<IReadOnlyList<Product>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        var names = ids.Select((id, index) => command.Parameters.AddWithValue($"$id{index}", id).ParameterName);
        command.CommandText = $"SELECT {Columns} FROM products p WHERE p.id IN ({string.Join(", ", names)})";
        return await ReadAsync(command, cancellationToken);
    }

    public async Task<IReadOnlyList<Category>> GetCategoriesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT category, count(*) FROM products GROUP BY category ORDER BY category";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var categories = new List<Category>();
        while (await reader.ReadAsync(cancellationToken))
        {
            categories.Add(new Category(reader.GetString(0), reader.GetInt32(1)));
        }

        return categories;
    }

    private static void AddFilter(SqliteCommand command, ProductQuery query)
    {
        command.Parameters.AddWithValue("$category", query.Category is { Length: > 0 } category ? category : DBNull.Value);
        if (SearchWords.ToQuery(query.Search) is { } words)
        {
            command.Parameters.AddWithValue("$words", words);
        }
    }

    private static async Task<List<Product>> ReadAsync(SqliteCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var products = new List<Product>();
        while (await reader.ReadAsync(cancellationToken))
        {
            products.Add(new Product(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4) / 100m));
        }

        return products;
    }
}
