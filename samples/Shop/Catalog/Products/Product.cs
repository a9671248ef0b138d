namespace Shop.Catalog.Products;

/// <summary>Something one can buy.</summary>
/// <param name="Id">Readable and stable: <c>cast-iron-skillet-26-cm</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Category">The shelf it stands on.</param>
/// <param name="Description">A sentence or two.</param>
/// <param name="Price">In euros.</param>
internal sealed record Product(string Id, string Name, string Category, string Description, decimal Price);
